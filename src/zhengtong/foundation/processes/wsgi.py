"""The door for web servers: `DJANGO_SETTINGS_MODULE` names the network.

Behind nginx on the same machine the resident's address and the scheme are those that nginx tells, and nobody else's word counts.
"""

from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

application = wrap_wsgi_with_proxy_headers(get_wsgi_application(), trusted_hosts="127.0.0.1")
