package dev.elman.cli;

import dev.elman.optimizers.Clipping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was typed as {@code --clip}: limits of some of the three kinds, and a number alone as one of
 * the norm.
 */
final class ClipOption {
  private static final List<String> KINDS = List.of("norm", "value", "state"); // as applied

  private final Map<String, Double> limits = new LinkedHashMap<>();

  ClipOption(List<String> typed) {
    Map<String, Double> unordered = new LinkedHashMap<>();
    for (String text : typed) {
      int cut = text.indexOf('=');
      String kind = Choice.of("--clip", cut < 0 ? "norm" : text.substring(0, cut), KINDS);
      if (unordered.put(kind, limit(text, text.substring(cut + 1))) != null) {
        throw new IllegalArgumentException(
            "Expected each kind of --clip once, found two of "
                + kind
                + ".\nLikely cause: a number alone is a norm, too.\nCure: leave one of them away.");
      }
    }
    for (String kind : KINDS) {
      if (unordered.getOrDefault(kind, 0.0) > 0) {
        limits.put(kind, unordered.get(kind));
      }
    }
  }

  private static double limit(String text, String number) {
    double limit = Double.NaN;
    try {
      limit = Double.parseDouble(number);
    } catch (NumberFormatException e) {
      limit = Double.NaN; // is refused below
    }
    if (!(limit >= 0 && limit < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Expected a number of at least 0 as --clip, found '"
              + text
              + "'.\nLikely cause: a slip of the pen."
              + "\nCure: try --clip 5, --clip norm=5, --clip value=1 or --clip state=1.");
    }
    return limit;
  }

  /** Scales by the norm first, then cuts numbers. */
  Clipping clipping() {
    Clipping clipping = Clipping.NONE;
    for (Map.Entry<String, Double> limit : limits.entrySet()) {
      Clipping next =
          switch (limit.getKey()) {
            case "norm" -> Clipping.byNorm(limit.getValue());
            case "value" -> Clipping.byValue(limit.getValue());
            default -> Clipping.byState(limit.getValue());
          };
      clipping = clipping == Clipping.NONE ? next : clipping.and(next);
    }
    return clipping;
  }

  /** As it stands in files: a number where the norm alone is limited, or nothing is. */
  Object inFiles() {
    if (limits.isEmpty() || limits.keySet().equals(Set.of("norm"))) {
      return limits.getOrDefault("norm", 0.0);
    }
    return limits.entrySet().stream()
        .map(limit -> limit.getKey() + "=" + limit.getValue())
        .collect(Collectors.joining(","));
  }
}
