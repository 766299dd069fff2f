# The page, the API and the workers: one image, told apart by ROLE.
FROM node:20.20.2-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build
# The models of the install, so that a container needs no network to work.
RUN MODELS_CACHE=/models npm run models fetch defaults && rm -rf /models/.[!.]*
RUN npm prune --omit=dev && rm -rf .next/cache

FROM node:20.20.2-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production \
    NEXT_TELEMETRY_DISABLED=1 \
    HOST=0.0.0.0 \
    PORT=8080 \
    DATA_DIR=/data \
    MODELS_DIR=/models \
    MODELS_FETCH=asked
# What the server reads: nothing of it is ever written, so the root file system may be read-only. /data and /tmp are not.
COPY --from=build /app/package.json /app/next.config.ts /app/tsconfig.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/.build/server ./.build/server
COPY --from=build /app/.build/cli ./.build/cli
COPY --from=build /app/.build/keys ./.build/keys
COPY --from=build /app/.build/models/main.js ./.build/models/main.js
COPY --from=build /app/cli/bin.mjs ./cli/bin.mjs
COPY --from=build /app/.next ./.next
COPY --from=build /app/public ./public
COPY --from=build /app/models/weights ./models/weights
COPY --from=build /app/server/api/paths.ts ./server/api/paths.ts
COPY --from=build /models /models
RUN mkdir /data && chown node:node /data && ln -s /app/cli/bin.mjs /usr/local/bin/darkroom
USER node
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
# An API and a worker answer alike: PORT is set, so a worker listens there for probes and Prometheus, and for nothing else.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", ".build/server/main.js"]
