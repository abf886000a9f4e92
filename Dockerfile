# The bot in a container; docs/running.md says how it is run. No secret is in it: tokens come with the environment.
FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/maturity-bot
WORKDIR /source
COPY requirements.lock ./
RUN /opt/maturity-bot/bin/python -m pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE manifest.yml ./
COPY bot bot
COPY dialogs dialogs
COPY knowledge knowledge
COPY storage storage
RUN /opt/maturity-bot/bin/python -m pip wheel --no-deps --no-build-isolation -w /wheel . \
    && /opt/maturity-bot/bin/python -m pip install --no-deps --no-index /wheel/*.whl

FROM python:3.13-slim
COPY --from=build /opt/maturity-bot /opt/maturity-bot
RUN useradd --system --uid 10001 --no-create-home maturity && install -d -o maturity -g maturity -m 0700 /data
ENV PATH=/opt/maturity-bot/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite:////data/maturity.db \
    LOG_FORMAT=json
USER maturity
WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["maturity-bot", "health"]
ENTRYPOINT ["maturity-bot"]
CMD ["run"]
