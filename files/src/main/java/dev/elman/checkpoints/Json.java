package dev.elman.checkpoints;

import dev.elman.data.DataException;
import dev.elman.data.Utf8;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

/** Trees of maps, lists, texts, numbers and truth values as JSON. */
final class Json {

  private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private Json() {}

  /** Indented by two spaces, one value per line; the same tree gives the same bytes. */
  static byte[] write(Map<String, ?> tree) {
    byte[] json =
        MAPPER
            .writer()
            .with(
                new DefaultPrettyPrinter()
                    .withObjectIndenter(INDENTER)
                    .withArrayIndenter(new DefaultPrettyPrinter.FixedSpaceIndenter()))
            .writeValueAsBytes(tree);
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    return line;
  }

  /** Parses an object; its keys keep their order. */
  static Map<String, Object> read(byte[] json, String source) {
    try {
      Map<String, Object> tree =
          MAPPER.readValue(Utf8.decode(json, source), new TypeReference<>() {});
      if (tree != null) {
        return tree;
      }
    } catch (JacksonException e) {
      throw damaged(source, e.getOriginalMessage(), e);
    }
    throw damaged(source, "null", null);
  }

  private static DataException damaged(String source, String found, Exception revealedBy) {
    return new DataException(
        "a JSON object in " + source,
        found,
        "the file was cut short or edited by hand",
        "copy or save it again, or correct the place",
        revealedBy);
  }
}
