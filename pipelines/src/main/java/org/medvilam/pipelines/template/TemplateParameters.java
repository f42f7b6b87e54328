package org.medvilam.pipelines.template;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.medvilam.pipelines.Medvilam;
import org.medvilam.records.codec.RecordJson;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The parameters of a command as a Flex Template, one per option of the command line.
 *
 * <p>A parameter is named as its option without dashes, {@code labelsOnly} for {@code
 * --labels-only}; a switch is {@code true} or {@code false}; an option that may be given several
 * times takes its values with commas between.
 */
final class TemplateParameters {
  /** What makes no sense for a job that runs where nobody looks. */
  private static final Set<String> FOR_PEOPLE =
      Set.of("--help", "--version", "--json", "--dry-run", "--runner", "--no-wait");

  private static final String GS = "^gs://[^/]+/.+$";

  private static final Set<Class<?>> NUMBERS =
      Set.of(int.class, long.class, Integer.class, Long.class);

  private final CommandSpec command;
  private final Map<String, OptionSpec> options = new LinkedHashMap<>();

  private TemplateParameters(CommandSpec command) {
    this.command = command;
    for (OptionSpec option : command.options()) {
      if (!FOR_PEOPLE.contains(option.longestName())) {
        options.put(parameter(option.longestName()), option);
      }
    }
  }

  /**
   * Returns the parameters of a command.
   *
   * @throws IllegalArgumentException if there is no such command
   */
  static TemplateParameters of(String command) {
    CommandLine line =
        new CommandLine(new Medvilam())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .getSubcommands()
            .get(command);
    if (line == null) {
      throw new IllegalArgumentException("expected a command of medvilam, found " + command);
    }
    return new TemplateParameters(line.getCommandSpec());
  }

  private static String parameter(String option) {
    String[] words = option.substring(2).split("-", -1);
    StringBuilder name = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      name.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
    }
    return name.toString();
  }

  /**
   * Returns the command line of arguments as Dataflow's launcher gives them, {@code --name=value};
   * what is no parameter is Beam's.
   */
  List<String> commandLine(List<String> arguments) {
    List<String> ours = new ArrayList<>(List.of(command.name()));
    List<String> beam = new ArrayList<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = argument.substring(2, equals < 0 ? argument.length() : equals);
      OptionSpec option = options.get(name);
      if (option == null) {
        beam.add(argument);
        continue;
      }
      String value = equals < 0 ? "true" : argument.substring(equals + 1);
      if (isSwitch(option)) {
        if (Boolean.parseBoolean(value)) {
          ours.add(option.longestName());
        }
        continue;
      }
      for (String one : isRepeated(option) ? value.split(",", -1) : new String[] {value}) {
        ours.add(option.longestName() + "=" + one);
      }
    }
    ours.add("--");
    ours.addAll(beam);
    return ours;
  }

  /** Returns the metadata that Dataflow checks parameters by and draws its form from. */
  ObjectNode metadata() {
    ObjectNode metadata = RecordJson.mapper().createObjectNode();
    metadata.put("name", "medvilam " + command.name());
    metadata.put("description", String.join(" ", command.usageMessage().description()));
    ArrayNode parameters = metadata.putArray("parameters");
    options.forEach((name, option) -> describe(parameters.addObject(), name, option));
    return metadata;
  }

  private static void describe(ObjectNode parameter, String name, OptionSpec option) {
    parameter.put("name", name);
    parameter.put("label", label(option));
    String help = String.join(" ", option.description()).replace("%%", "%");
    parameter.put("helpText", isRepeated(option) ? help + " Several: a comma between." : help);
    parameter.put("isOptional", !isRequired(option));
    parameter.put("paramType", type(option));
    if (NUMBERS.contains(option.type())) {
      parameter.putArray("regexes").add("^-?[0-9]+$");
    } else if (isSwitch(option)) {
      parameter.putArray("regexes").add("^(true|false)$");
    } else if (isFolder(option)) {
      String one = "gs://[^/,]+/[^,]+";
      parameter.putArray("regexes").add(isRepeated(option) ? "^%s(,%1$s)*$".formatted(one) : GS);
    }
    String standard = isSwitch(option) ? "false" : option.defaultValue();
    if (standard != null) {
      parameter.put("defaultValue", standard);
    }
  }

  private static String label(OptionSpec option) {
    String words = option.longestName().substring(2).replace('-', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private static String type(OptionSpec option) {
    if (isFolder(option) && !isRepeated(option)) {
      return option.longestName().equals("--output") ? "GCS_WRITE_FOLDER" : "GCS_READ_FOLDER";
    }
    return isSwitch(option) ? "BOOLEAN" : NUMBERS.contains(option.type()) ? "NUMBER" : "TEXT";
  }

  private static boolean isFolder(OptionSpec option) {
    return List.of("--input", "--output").contains(option.longestName());
  }

  /** Options that exclude each other are all required to picocli, in a group that need not be. */
  private static boolean isRequired(OptionSpec option) {
    return option.required() && (option.group() == null || !option.group().exclusive());
  }

  /** Tells whether the command line takes the option several times, each with one value. */
  private static boolean isRepeated(OptionSpec option) {
    return option.isMultiValue() && option.splitRegex().isEmpty();
  }

  private static boolean isSwitch(OptionSpec option) {
    return option.arity().max() == 0;
  }
}
