# syntax=docker/dockerfile:1
# The worker's image. From the repository's root:
#     docker build --file deploy/worker.Dockerfile --tag reddyfit-worker:<build id> .
# `npm run image` follows these instructions in an empty folder, without Docker; they keep to what it knows (deploy/image/).

# Bundles our own code, and the workflows. What a step needs is copied before it, so that a layer is made anew only for a reason.
FROM node:24.21.0-bookworm AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY shared/package.json shared/
COPY functions/package.json functions/
COPY worker/package.json worker/
COPY clients/sdk/package.json clients/sdk/
# What a lock file names does not change, so what the cache has is not asked for again.
RUN --mount=type=cache,target=/root/.npm npm ci --prefer-offline --workspace worker --workspace shared --no-audit --no-fund
COPY shared shared
COPY worker worker
COPY ops ops
# A folder that is not there could not be copied below.
# Nothing reads the maps in production.
RUN npm run build --workspace worker && rm worker/dist/*.map && mkdir -p worker/models

# The npm packages that run, and of these only the files that do.
FROM node:24.21.0-bookworm AS packages
WORKDIR /app
COPY package.json package-lock.json ./
COPY shared/package.json shared/
COPY functions/package.json functions/
COPY worker/package.json worker/
COPY clients/sdk/package.json clients/sdk/
COPY deploy/image/prune-packages.sh ./
RUN --mount=type=cache,target=/root/.npm npm ci --prefer-offline --omit=dev --workspace worker --no-audit --no-fund \
    && sh prune-packages.sh \
    && rm -r prune-packages.sh package-lock.json shared functions clients

# Debian's C library, since Temporal's native module is not built for musl. Of Node only the executable: nothing here installs packages.
FROM debian:bookworm-slim
# Temporal's native module trusts the system's authorities, of which the slim image has none.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /usr/local/bin/node /usr/local/bin/node
WORKDIR /app
COPY --from=packages /app ./
COPY --from=build /app/worker/models worker/models
COPY --from=build /app/worker/dist worker/dist
# Two malloc arenas instead of eight a core: threads that decode photos leave 60 to 110 MiB less behind.
ENV NODE_ENV=production \
    MALLOC_ARENA_MAX=2 \
    WORKFLOW_BUNDLE_PATH=/app/worker/dist/workflows.js
# No name, since it needs no entry in /etc/passwd; a number also lets Kubernetes see that it is not root.
USER 10001:10001
# Health and metrics.
EXPOSE 8090 9464
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.WORKER_HEALTH_PORT || 8090}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# In this form it gets SIGTERM itself, and drains. The flag keeps V8 from letting young objects fill some 128 MiB of each of four isolates.
ENTRYPOINT ["node", "--max-semi-space-size=4", "worker/dist/main.js"]
