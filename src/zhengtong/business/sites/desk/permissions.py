"""Who may do what at the desk, computed from the roles that posts give; Wagtail's own groups stay empty."""

from django.contrib.auth.backends import BaseBackend
from django.db.models import QuerySet
from wagtail.permission_policies import BasePermissionPolicy

from zhengtong.business.sites import queries, rules
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.accounts.models import Account

ROLES_FOR = {"publish": (rules.Role.PUBLISHER,), "unpublish": (rules.Role.PUBLISHER,), "delete": ()}
WRITERS = (rules.Role.EDITOR, rules.Role.PUBLISHER)


class RolePermissions(BaseBackend):
    """Answers Wagtail's one question outside its policies: who may come in."""

    def has_perm(self, user_obj, perm, obj=None):
        if perm != "wagtailadmin.access_admin" or not getattr(user_obj, "is_active", False):
            return False
        return bool(accounts.roles(getattr(user_obj, "person", None)) & {role.value for role in WRITERS})


class ArticlePolicy(BasePermissionPolicy):
    """An article may be edited by editors of the organ that owns its column; nobody deletes one."""

    def user_has_permission(self, user, action):
        person = getattr(user, "person", None)
        return person is not None and bool(accounts.roles(person) & {role.value for role in ROLES_FOR.get(action, WRITERS)})

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user, action, instance):
        roles = ROLES_FOR.get(action, WRITERS)
        return self.user_has_permission(user, action) and queries.columns_for(user.person, *roles).filter(pk=instance.column_id).exists()

    def instances_user_has_any_permission_for(self, user, actions) -> QuerySet:
        if not self.user_has_any_permission(user, actions):
            return self.model._default_manager.none()
        return self.model._default_manager.filter(column__in=queries.columns_for(user.person, *WRITERS).order_by())

    def users_with_any_permission(self, actions):
        roles = {role for action in actions for role in ROLES_FOR.get(action, WRITERS)}
        people = {person.pk for role in roles for person in accounts.people_with(role.value)}
        return Account.objects.filter(is_active=True, person__in=people)
