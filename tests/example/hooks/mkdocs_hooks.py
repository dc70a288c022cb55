from careguide.mkdocs_events import on_config, on_env, on_files, on_page_content, on_startup  # noqa: F401
