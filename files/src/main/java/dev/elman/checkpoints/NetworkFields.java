package dev.elman.checkpoints;

import dev.elman.cells.Cells;
import dev.elman.layers.Dropout;
import dev.elman.layers.Initialisation;
import dev.elman.layers.Merge;
import dev.elman.layers.RecurrentStack;
import dev.elman.layers.Window;
import dev.elman.layers.Wiring;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What a recurrent network is, as the field {@code recurrent} of {@code model.json}, and back.
 *
 * <p>Settings that came after the first release stand there only where they are not the default, so
 * that a missing one means what it meant before there was a choice.
 */
final class NetworkFields {
  private NetworkFields() {}

  static Map<String, Object> of(RecurrentStack network) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("cell", network.cell());
    fields.put("hidden", network.hidden());
    fields.put("layers", network.layers());
    fields.put("bidirectional", network.directions() == RecurrentStack.Directions.BOTH);
    fields.put("dropout", network.dropout());
    fields.put("dropout_mask", network.mask().name());
    fields.put("initialisation", network.initialisation().name());
    Wiring wiring = network.wiring();
    RecurrentStack usual = RecurrentStack.DEFAULTS;
    put(fields, "merge", wiring.merge(), usual.wiring().merge());
    put(fields, "connections", wiring.connections(), usual.wiring().connections());
    if (!wiring.denseIn().isEmpty()) {
      fields.put("dense_in", wiring.denseIn());
    }
    if (!wiring.denseOut().isEmpty()) {
      fields.put("dense_out", wiring.denseOut());
    }
    if (network.cell().equals(Window.NAME)) {
      fields.put("tau", network.tau());
    }
    put(fields, "first_state", network.firstState(), usual.firstState());
    return fields;
  }

  private static void put(Map<String, Object> fields, String name, Enum<?> value, Enum<?> usual) {
    if (value != usual) {
      fields.put(name, value.name());
    }
  }

  static RecurrentStack read(Fields f) {
    RecurrentStack usual = RecurrentStack.DEFAULTS;
    RecurrentStack network =
        usual
            .withCell(f.named("cell", NetworkFields::cell))
            .withHidden(f.number("hidden"))
            .withLayers(f.number("layers"))
            .withWiring(wiring(f))
            .withFirstState(
                named(f, "first_state", RecurrentStack.FirstState::valueOf, usual.firstState()))
            .withDropout(f.real("dropout"))
            .withMask(f.named("dropout_mask", Dropout.Mask::valueOf))
            .withInitialisation(f.named("initialisation", Initialisation::named));
    return f.has("tau") ? network.withTau(f.number("tau")) : network;
  }

  private static String cell(String name) {
    return Window.isNamed(name) ? name : Cells.named(name).name();
  }

  private static Wiring wiring(Fields f) {
    Wiring usual = Wiring.DEFAULTS;
    Wiring wiring =
        usual
            .withDirections(
                f.truth("bidirectional")
                    ? RecurrentStack.Directions.BOTH
                    : RecurrentStack.Directions.FORWARD)
            .withMerge(named(f, "merge", Merge::valueOf, usual.merge()))
            .withConnections(
                named(f, "connections", Wiring.Connections::valueOf, usual.connections()));
    wiring = f.has("dense_in") ? wiring.withDenseIn(f.numbers("dense_in")) : wiring;
    return f.has("dense_out") ? wiring.withDenseOut(f.numbers("dense_out")) : wiring;
  }

  private static <T> T named(Fields f, String name, Function<String, T> lookup, T usual) {
    return f.has(name) ? f.named(name, lookup) : usual;
  }
}
