package dev.elman.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.layers.Diagram;
import dev.elman.layers.Diagram.Box;
import dev.elman.layers.Diagram.Kind;
import dev.elman.layers.Diagram.Way;
import dev.elman.layers.Diagram.Wire;
import dev.elman.layers.Pooling;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.Classifier;
import dev.elman.models.Forecaster;
import dev.elman.models.LanguageModel;
import dev.elman.models.Model;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Pictures of graphs are documents with each box as often as it should be. */
final class GraphPictureTest {
  static List<Model> models() {
    RecurrentStack two = RecurrentStack.DEFAULTS.withLayers(2).withDropout(0.2);
    RecurrentStack both = RecurrentStack.DEFAULTS.withDirections(RecurrentStack.Directions.BOTH);
    return List.of(
        new LanguageModel(new LanguageModel.Settings(9, 8, LanguageModel.Output.OWN, 0, two), 1),
        new Classifier(new Classifier.Settings(0, 3, 2, Pooling.LAST, 0, both), 1),
        new Classifier(new Classifier.Settings(7, 3, 2, Pooling.MEAN, 0, two), 1),
        new Forecaster(
            new Forecaster.Settings(5, List.of(0), 7, List.of(), RecurrentStack.DEFAULTS), 1));
  }

  @ParameterizedTest
  @MethodSource("models")
  void eachBoxStandsOnceFoldedAndAtEachStepUnfolded(Model model) throws Exception {
    Diagram diagram = GraphPicture.diagram(model);
    List<String> folded = titles(GraphPicture.folded(diagram));
    List<String> unfolded = titles(GraphPicture.unfolded(diagram, 4));
    List<String> together = titles(GraphPicture.of(diagram, 4));
    assertThat(folded).containsExactlyElementsOf(diagram.boxes().stream().map(Box::name).toList());
    long expected =
        IntStream.range(0, diagram.boxes().size())
            .map(box -> diagram.sequence(box) < 0 ? 1 : 4)
            .sum();
    assertThat(unfolded).hasSize((int) expected);
    assertThat(together).hasSize(folded.size() + unfolded.size());
  }

  @Test
  void recurrenceHasSquareFoldedAndNoneUnfolded() throws Exception {
    Diagram diagram = GraphPicture.diagram(models().get(0));
    assertThat(count(GraphPicture.folded(diagram), "rect", "delay")).isEqualTo(2);
    assertThat(count(GraphPicture.unfolded(diagram, 3), "rect", "delay")).isZero();
    int inColumn = diagram.edges().size() - 2;
    assertThat(count(GraphPicture.unfolded(diagram, 3), "path", "wire"))
        .isEqualTo(3 * inColumn + 2 * 2 + 2); // recurrences between 3 steps, and first states
    assertThat(GraphPicture.folded(diagram)).contains("33,280 parameters", "9 → 8");
  }

  @Test
  void sequencesStandSideBySide() throws Exception {
    Diagram diagram = new Diagram();
    Wire source = diagram.input("a < b & c", 3);
    Wire context = diagram.once(new Box(Kind.LAYER, "bridge", "", 3, 0), Way.LAST, source);
    Wire target = diagram.input("target", 2);
    Wire cell = diagram.box(new Box(Kind.LAYER, "cell", "", 3, 0), target, source);
    diagram.connect(context, cell, Way.START, 0, "first state");
    diagram.connect(diagram.output("next", cell), target, Way.STEP, 1, "y");
    String picture = GraphPicture.unfolded(diagram, 2);
    assertThat(titles(picture))
        .containsExactly(
            "a < b & c", "a < b & c", "bridge", "target", "target", "cell", "cell", "next", "next");
    assertThat(picture).contains("first state", ">y<");
  }

  @Test
  void alignedSequenceGoesStepByStep() {
    Diagram diagram = new Diagram();
    Wire source = diagram.input("source", 3);
    Wire both = diagram.merge("side by side", 5, diagram.input("target", 2));
    diagram.connect(source, both, Way.STEP, 0, "");
    List<String> ends =
        Pattern.compile(" L([0-9.]+) [0-9.]+\" marker")
            .matcher(GraphPicture.unfolded(diagram, 3))
            .results()
            .map(wire -> wire.group(1))
            .toList();
    assertThat(ends).hasSize(3 + 3).doesNotHaveDuplicates();
  }

  @Test
  void boxesDoNotOverlap() {
    for (Model model : models()) {
      GraphLayout layout = new GraphLayout(GraphPicture.diagram(model), 3);
      int boxes = layout.diagram.boxes().size();
      for (int a = 0; a < boxes; a++) {
        for (int b = 0; b < a; b++) {
          assertThat(layout.y(a) != layout.y(b) || layout.x(a, 0) != layout.x(b, 0)).isTrue();
        }
        assertThat(layout.x(a, layout.copies(a) - 1) + layout.boxWidth / 2)
            .isLessThan(layout.width());
      }
    }
  }

  @Test
  void stepsAreTwoOrMore() {
    Diagram diagram = GraphPicture.diagram(models().get(0));
    assertThatThrownBy(() -> GraphPicture.of(diagram, 1)).hasMessageContaining("from 2 to 50");
  }

  private static List<String> titles(String svg) throws Exception {
    NodeList titles = parse(svg).getElementsByTagName("title");
    return IntStream.range(0, titles.getLength())
        .mapToObj(i -> titles.item(i).getTextContent())
        .toList();
  }

  private static long count(String svg, String tag, String kind) throws Exception {
    NodeList all = parse(svg).getElementsByTagName(tag);
    return IntStream.range(0, all.getLength())
        .mapToObj(i -> (Element) all.item(i))
        .filter(element -> element.getAttribute("class").equals(kind))
        .count();
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}
