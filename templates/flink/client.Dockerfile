# The command line as an image, for clusters that are reached from inside:
#   docker build -f templates/flink/client.Dockerfile -t medvilam:0.1.0 .
FROM maven:3.9-eclipse-temurin-17
WORKDIR /opt/medvilam
COPY . .
# Builds, so that no container has to.
RUN ./medvilam --version
ENTRYPOINT ["./medvilam"]
