package dev.elman.checkpoints;

import dev.elman.data.DataException;
import dev.elman.layers.Window;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sizes in {@code model.json}, held against the numbers that there are before any are made. */
final class ClaimedSizes {
  private static final Pattern WIDE_MODIFIER = Pattern.compile("(projection|deep)=([0-9]{1,18})");

  private ClaimedSizes() {}

  /**
   * Requires that no size is above what the weights file can fill.
   *
   * @throws DataException naming the first one
   */
  static void require(Path folder, ModelFolder.Content content) {
    long values = 0;
    for (NamedTensor tensor : content.file(ModelFolder.WEIGHTS).tensors()) {
      values += tensor.values().length;
    }
    Map<?, ?> fields = content.description();
    for (String name : List.of("embedding", "horizon")) {
      require(folder, name, fields.get(name), values);
    }
    requireNetwork(folder, fields, values);
    for (String side : List.of("source", "target")) {
      if (fields.get(side) instanceof Map<?, ?> ofSide) {
        requireNetwork(folder, ofSide, values);
        if (ofSide.get("embedding") instanceof Number embedding && embedding.intValue() != 0) {
          require(folder, "embedding", embedding, values);
        }
      }
    }
    if (fields.get("rows") instanceof Map<?, ?> rows) {
      require(folder, "components", rows.get("components"), values);
      require(
          folder,
          "longest",
          fields.get("ending") instanceof Map<?, ?> e ? e.get("longest") : null,
          values);
    }
    if (fields.get("context") instanceof Number context && context.intValue() != 0) {
      require(folder, "context", context, values);
    }
    if (fields.get("history") != null) {
      require(folder, "history", fields.get("history"), Integer.MAX_VALUE);
    }
  }

  /** Whether a cell has a weight of as many rows and columns as units. */
  private static boolean hasSquare(Object cell) {
    return !Window.NAME.equals(cell) && !String.valueOf(cell).matches(".*(projection|deep)=.*");
  }

  private static void requireNetwork(Path folder, Map<?, ?> fields, long values) {
    if (fields.get("recurrent") instanceof Map<?, ?> recurrent) {
      boolean square = hasSquare(recurrent.get("cell"));
      require(
          folder, "hidden", recurrent.get("hidden"), square ? (long) Math.sqrt(values) : values);
      long hidden = recurrent.get("hidden") instanceof Number h ? h.longValue() : 1;
      Matcher wide = WIDE_MODIFIER.matcher(String.valueOf(recurrent.get("cell")));
      while (wide.find()) {
        require(folder, "cell", Long.valueOf(wide.group(2)), values / hidden);
      }
      require(folder, "tau", recurrent.get("tau"), values);
      for (String widths : List.of("dense_in", "dense_out")) {
        if (recurrent.get(widths) instanceof List<?> list) {
          long before = 1;
          for (Object width : list) {
            require(folder, widths, width, values / before); // of both there is a matrix
            before = width instanceof Number w ? w.longValue() : 1;
          }
        }
      }
      require(
          folder, "layers", recurrent.get("layers"), values / (square ? hidden * hidden : hidden));
    }
  }

  private static void require(Path folder, String name, Object size, long most) {
    boolean whole = size instanceof Integer || size instanceof Long;
    if (size != null && (!whole || ((Number) size).longValue() < 1)
        || whole && ((Number) size).longValue() > most) {
      throw new DataException(
          "a whole number from 1 to "
              + most
              + " as '"
              + name
              + "' in "
              + folder.resolve(ModelIndex.NAME)
              + ", which the weights beside it can fill",
          String.valueOf(size),
          "the file was edited by hand, or belongs to other weights",
          "restore both files from one copy, or train anew");
    }
  }
}
