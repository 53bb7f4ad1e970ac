# One image for the site, its worker and its commands; docker-compose.yml says which is which.
# Debian-based, since GDAL comes from a wheel and there is none for Alpine (docs/adr/0003).

FROM node:24-bookworm-slim AS pages
WORKDIR /build/frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY frontend/ ./
RUN npm run build

FROM python:3.11-slim-bookworm AS packages
COPY requirements.txt bin/lib/uv.txt /lists/
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --require-hashes -r /lists/uv.txt \
 && /venv/bin/uv pip install --no-cache --python /venv/bin/python --require-hashes -r /lists/requirements.txt \
 && /venv/bin/pip uninstall --yes uv

FROM python:3.11-slim-bookworm
RUN groupadd --gid 10001 fans && useradd --uid 10001 --gid fans --no-create-home fans
# What text in a PDF is drawn with (docs/setup.md).
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/*
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    FANS_STATE_DIR=/app/var
WORKDIR /app
COPY --from=packages /venv /venv
COPY . .
COPY --from=pages /build/frontend/static/ frontend/static/
# The key is thrown away with the command: none is kept in the image.
RUN SECRET_KEY=only-to-collect-files python manage.py collectstatic --no-input \
 && mkdir -p var/media var/imports && chown fans:fans var/media var/imports
USER fans
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["granian", "--interface", "wsgi", "config.wsgi:application", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "8", "--respawn-failed-workers"]
