package dev.elman.layers;

import dev.elman.cells.Cells;
import java.util.ArrayList;
import java.util.List;

/** Builds the layers that a {@link RecurrentStack} describes. */
final class LayerStack {
  private final RecurrentStack settings;
  private final Wiring wiring;
  private final String prefix;
  private final long seed;

  LayerStack(RecurrentStack settings, String prefix, long seed) {
    this.settings = settings;
    this.wiring = settings.wiring();
    this.prefix = prefix;
    this.seed = seed;
  }

  Stacked build(int inputs) {
    List<Layer> stack = new ArrayList<>();
    int width = inputs;
    int added = 0;
    for (int l = 0; l < settings.layers(); l++) {
      Layer layer = layer(l, width);
      boolean adds = layer.inputs() == layer.outputs();
      switch (wiring.connections()) {
        case PLAIN -> stack.addAll(parts(layer));
        case SKIP -> stack.add(new Skip(layer));
        case RESIDUAL -> stack.add(adds ? new Residual(layer) : layer);
      }
      added += adds ? 1 : 0;
      width = stack.get(stack.size() - 1).outputs();
    }
    if (wiring.connections() == Wiring.Connections.RESIDUAL && added == 0) {
      throw new IllegalArgumentException(
          "Residual connections: expected a layer with as many outputs as inputs, got "
              + inputs
              + " inputs and "
              + width
              + " outputs in a network of one layer: there is nothing that it could be added to."
              + " Use --layers 2 or more, --connections skip, or as many outputs as inputs.");
    }
    stack.addAll(hidden("dense_out", "", width, wiring.denseOut()));
    Stacked built = new Stacked(stack);
    return settings.recompute() == 0
        ? built
        : new Stacked(List.of(new Recomputed(built, settings.recompute())));
  }

  /** Layer l with what belongs to it: dropout between layers, and dense layers before it. */
  private Layer layer(int l, int inputs) {
    List<Layer> parts = new ArrayList<>();
    if (l > 0 && settings.dropout() > 0) {
      parts.add(new Dropout(inputs, settings.dropout(), settings.mask()));
    }
    parts.addAll(hidden("dense_in", "_l" + l, inputs, wiring.denseIn()));
    int width = parts.isEmpty() ? inputs : parts.get(parts.size() - 1).outputs();
    Layer ahead = direction("_l" + l, width);
    parts.add(
        settings.directions() == RecurrentStack.Directions.FORWARD
            ? ahead
            : new Bidirectional(ahead, direction("_l" + l + "_reverse", width), wiring.merge()));
    return parts.size() == 1 ? parts.get(0) : new Stacked(parts);
  }

  private static List<Layer> parts(Layer layer) {
    return layer instanceof Stacked stack ? stack.layers() : List.of(layer);
  }

  /** Hidden layers one upon the other, named with their number where there are several. */
  private List<Layer> hidden(String name, String suffix, int inputs, List<Integer> widths) {
    List<Layer> layers = new ArrayList<>();
    int width = inputs;
    for (int i = 0; i < widths.size(); i++) {
      String number = widths.size() == 1 ? "" : "_" + i;
      String dense = prefix + name + number + suffix + ".";
      layers.add(TanhDense.of(dense, width, widths.get(i), start()));
      width = widths.get(i);
    }
    return layers;
  }

  private Layer direction(String suffix, int inputs) {
    Recurrent.Name name = new Recurrent.Name(prefix, suffix);
    if (Window.isNamed(settings.cell())) {
      return window(name, inputs);
    }
    return begun(
        name,
        new Recurrent(
            name,
            Cells.named(settings.cell()),
            inputs,
            settings.hidden(),
            settings.initialisation(),
            seed));
  }

  /** The feed-forward network over a sliding window. */
  private Layer window(Recurrent.Name name, int inputs) {
    Window window = new Window(inputs, settings.tau());
    String dense = name.of("window") + ".";
    TanhDense hidden = TanhDense.of(dense, window.outputs(), settings.hidden(), start());
    return new Stacked(List.of(begun(name, window), hidden));
  }

  private Start start() {
    return new Start(settings.initialisation(), seed);
  }

  private Layer begun(Recurrent.Name name, Layer layer) {
    boolean learned = settings.firstState() == RecurrentStack.FirstState.LEARNED;
    return learned && layer.states().length > 0 ? LearnedStart.of(layer, name) : layer;
  }
}
