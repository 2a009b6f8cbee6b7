"""The door for web servers: `DJANGO_SETTINGS_MODULE` names the network."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
