package dev.elman.cli;

import dev.elman.checkpoints.AtomicFile;
import dev.elman.data.DataException;
import dev.elman.inspection.GraphPicture;
import dev.elman.layers.Diagram;
import dev.elman.models.Model;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code elman inspect --graph}: the computation graph as a picture and a table. */
final class InspectGraph {
  private InspectGraph() {}

  static void run(Model model, int steps, Path file, PrintWriter out) {
    if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".svg")) {
      throw new DataException(
          "a name that ends in .svg as --plot of a graph",
          file.toString(),
          "graphs are drawn with lines and letters",
          "write --plot graph.svg, which browsers show");
    }
    Diagram diagram = GraphPicture.diagram(model);
    byte[] svg = GraphPicture.of(diagram, steps).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, stream -> stream.write(svg));
    List<Diagram.Box> boxes = diagram.boxes();
    TextTable table = new TextTable("", "box", "shape", "parameters", "from");
    for (int i = 0; i < boxes.size(); i++) {
      Diagram.Box box = boxes.get(i);
      table.row(
          0,
          i + 1,
          box.name(),
          box.shape().isEmpty() ? box.columns() : box.shape(),
          box.parameters() == 0 ? "" : String.format(Locale.ROOT, "%,d", box.parameters()),
          from(diagram, i));
    }
    out.print(table);
    out.println("Picture: " + file);
  }

  private static String from(Diagram diagram, int box) {
    return diagram.edges().stream()
        .filter(edge -> edge.to() == box)
        .map(edge -> from(edge))
        .collect(Collectors.joining(", "));
  }

  private static String from(Diagram.Edge edge) {
    String steps = Math.abs(edge.delay()) == 1 ? " step" : " steps";
    String when =
        edge.delay() == 0
            ? ""
            : Math.abs(edge.delay()) + steps + (edge.delay() > 0 ? " before" : " after");
    String which =
        switch (edge.way()) {
          case STEP -> "";
          case LAST -> "last step";
          case FIRST -> "first step";
          case ALL -> "all steps";
          case START -> "as first state";
        };
    String detail = which + when; // one of them is empty
    return edge.from() + 1 + (detail.isEmpty() ? "" : " (" + detail + ")");
  }
}
