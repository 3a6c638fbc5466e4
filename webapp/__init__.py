"""Qamtu's web side: ``create_app(settings)`` gives the Flask application.

The serving process imports neither geopandas nor folium: what they make lies on disk since the edition was published.
"""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp.settings import Settings, load_settings


def create_app(settings: Settings | None = None) -> Flask:
    """The application on the data folder of ``settings`` (from the environment where None)."""
    from webapp import (
        api,
        editor,
        editor_api,
        exports,
        feeds,
        ogc,
        openapi,
        pages,
        previews,
        promise_views,
        reporting,
        sharing,
        shortlinks,
    )
    from webapp.assets import init_assets
    from webapp.errors import init_errors
    from webapp.i18n import init_i18n
    from webapp.logs import init_logs
    from webapp.reading_store import init_reader
    from webapp.ready import ReadyAnswers
    from webapp.security import init_security

    settings = settings or load_settings()
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_upload_bytes
    app.config["QAMTU"] = settings
    app.json.ensure_ascii = False
    app.json.sort_keys = False
    assets = init_assets(app, settings.static, settings.data / "cache" / "packed")
    init_i18n(app, settings.data / "cache", settings.static / "js", settings.default_language)
    init_errors(app)
    init_logs()
    init_security(
        app,
        inline_scripts=[assets.import_map, assets.theme_script, assets.begin_script],
        inline_styles=[assets.map_style],
        tile_origins=settings.tile_origins,
    )
    init_reader(app, settings)
    api.init_api(app)
    pages.init_pages(app)
    editor.init_editor(app)
    for part in (editor_api, reporting, previews, promise_views, sharing, shortlinks, ogc, exports, feeds, openapi):
        app.register_blueprint(part.blueprint)
    app.wsgi_app = ReadyAnswers(app.wsgi_app, app.extensions["qamtu_reader"])  # type: ignore[method-assign]
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app
