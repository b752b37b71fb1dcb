"""Settings of a Superset that speaks Chinese and calls no other host; see docs/bi.md.

The key that signs sessions comes from the environment: SUPERSET_SECRET_KEY.
"""

BABEL_DEFAULT_LOCALE = "zh"
LANGUAGES = {
    "zh": {"flag": "cn", "name": "中文"},
    "en": {"flag": "us", "name": "English"},
}
# Pages of Superset count their visitors at scarf.sh by an image, and there is no switch for it in
# the packages of PyPI. The browser asks no host that this policy does not name.
TALISMAN_CONFIG = {
    "content_security_policy": {
        "base-uri": ["'self'"],
        "default-src": ["'self'"],
        "img-src": ["'self'", "blob:", "data:"],
        "worker-src": ["'self'", "blob:"],
        "object-src": "'none'",
        "style-src": ["'self'", "'unsafe-inline'"],
        "script-src": ["'self'", "'strict-dynamic'"],
    },
    "content_security_policy_nonce_in": ["script-src"],
    "force_https": False,
    "session_cookie_secure": False,
}
