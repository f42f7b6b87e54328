package org.medvilam.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.junit.jupiter.api.Test;
import org.medvilam.pipelines.Medvilam;
import picocli.CommandLine;

/** The files of {@code templates/flink} say the same, in Flink's version, and can be read. */
final class FlinkTemplatesTest {
  private static final Path FOLDER = Path.of("..", "templates", "flink");
  private static final String VERSION = EnvironmentInformation.getVersion();
  private static final String IMAGE = "flink:" + VERSION + "-java17";

  private final YAMLMapper yaml = new YAMLMapper();

  @Test
  void flinkReadsTheSettings() {
    assertThat(GlobalConfiguration.loadConfiguration(FOLDER.toString()).toMap())
        .containsEntry("restart-strategy.type", "fixed-delay")
        .containsEntry("taskmanager.network.sort-shuffle.min-buffers", "16");
  }

  @Test
  void kubernetesHasTheSameSettings() throws IOException {
    Map<String, String> settings = new TreeMap<>();
    documents("kubernetes.yaml")
        .get(0)
        .at("/spec/flinkConfiguration")
        .properties()
        .forEach(e -> settings.put(e.getKey(), e.getValue().asText()));
    Map<String, String> file = new TreeMap<>();
    flatten("", documents("config.yaml").get(0), file);
    assertThat(settings).isEqualTo(file);
  }

  @Test
  void imagesAreOfTheClientsVersion() throws IOException {
    assertThat(documents("kubernetes.yaml").get(0).at("/spec/image").asText()).isEqualTo(IMAGE);
    assertThat(documents("kubernetes.yaml").get(0).at("/spec/flinkVersion").asText())
        .isEqualTo("v" + VERSION.substring(0, VERSION.lastIndexOf('.')).replace('.', '_'));
    assertThat(Files.readString(FOLDER.resolve("Dockerfile"))).contains("FROM " + IMAGE + "\n");
    assertThat(documents("docker-compose.yml").get(0).at("/x-flink/image").asText())
        .endsWith(":" + VERSION);
  }

  @Test
  void theJobOfKubernetesIsACommandLineThatIsUnderstood() throws IOException {
    JsonNode container =
        documents("kubernetes.yaml").get(1).at("/spec/template/spec/containers/0/args");
    String[] arguments = yaml.convertValue(container, String[].class);
    CommandLine.ParseResult parsed =
        new CommandLine(new Medvilam())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .parseArgs(arguments);
    assertThat(parsed.subcommand().matchedOptionValue("--runner", Runner.DIRECT))
        .isEqualTo(Runner.FLINK);
  }

  private List<JsonNode> documents(String file) throws IOException {
    try (MappingIterator<JsonNode> documents =
        yaml.readerFor(JsonNode.class).readValues(FOLDER.resolve(file).toFile())) {
      return documents.readAll();
    }
  }

  private static void flatten(String prefix, JsonNode node, Map<String, String> into) {
    if (node.isValueNode()) {
      into.put(prefix, node.asText());
      return;
    }
    String start = prefix.isEmpty() ? "" : prefix + ".";
    node.properties().forEach(e -> flatten(start + e.getKey(), e.getValue(), into));
  }
}
