# The sandbox in a container, for programs in any language:
#   docker build -t pluralkit-sandbox . && docker run --rm -p 127.0.0.1:4011:4011 pluralkit-sandbox
# Publish the port on loopback only: anyone who reaches it can read and change all of the sandbox.
# Paths below /_sandbox respond only to programs within the container; tests outside start from a world file:
#   docker run --rm -p 127.0.0.1:4011:4011 -v "$PWD/world.json:/world.json:ro" pluralkit-sandbox --world /world.json
FROM node:24-slim AS build
WORKDIR /build
COPY . .
RUN npm ci && npm pack --pack-destination /tmp

FROM node:24-slim
WORKDIR /app
COPY --from=build /tmp/pluralkit-openapi-*.tgz /tmp/package.tgz
RUN npm install --omit=dev --ignore-scripts /tmp/package.tgz && rm /tmp/package.tgz
USER node
EXPOSE 4011
ENTRYPOINT ["node", "node_modules/pluralkit-openapi/dist/cli.js", "sandbox", "--host", "0.0.0.0"]
