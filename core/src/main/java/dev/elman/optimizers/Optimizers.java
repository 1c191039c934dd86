package dev.elman.optimizers;

import dev.elman.data.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The optimizers that settings and files can name. */
public final class Optimizers {
  private static final Map<String, Optimizer> BY_NAME = new LinkedHashMap<>();

  static {
    for (Optimizer optimizer :
        List.of(Adam.DEFAULTS, Adam.W, RmsProp.DEFAULTS, Sgd.PLAIN, Sgd.MOMENTUM, Sgd.NESTEROV)) {
      BY_NAME.put(optimizer.name(), optimizer);
    }
  }

  private Optimizers() {}

  /** All names. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /**
   * The optimizer of that name, with its default settings.
   *
   * @throws IllegalArgumentException when there is none, with the names there are
   */
  public static Optimizer named(String name) {
    Optimizer optimizer = BY_NAME.get(name);
    if (optimizer == null) {
      throw new IllegalArgumentException(
          "Unknown optimizer '" + name + "': " + Nearest.suggestion(name, names()));
    }
    return optimizer;
  }
}
