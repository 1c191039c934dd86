package dev.elman.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.data.DataException;
import dev.elman.data.MissingPolicy;
import dev.elman.data.Table;
import dev.elman.kernels.Threads;
import dev.elman.layers.RecurrentStack;
import dev.elman.tasks.Forecast;
import dev.elman.tasks.ForecastTask;
import dev.elman.tasks.ForecastTest;
import dev.elman.tasks.TrainedForecaster;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class ForecastChartTest {
  private static final int ROWS = 130;
  private static final int TRUTH = 0x333333;
  private static final int NEAR = 0x0B62C4;
  private static final int FAR = 0xEE8A2E;

  @TempDir Path folder;

  @Test
  void aTestIsDrawnAsTwoPanels() throws IOException {
    TrainedForecaster trained = untrained(List.of("flow"), 3, List.of());

    Path file = folder.resolve("test.png");
    ForecastChart.save(test(trained), file);

    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(1400);
    assertThat(image.getHeight()).isEqualTo(900);
    assertThat(colours(image, 0, 540)).contains(TRUTH, NEAR, FAR);
    assertThat(colours(image, 540, 900)).contains(NEAR, 0xA39B8B, 0xC9B458).doesNotContain(FAR);
    assertThat(names()).containsExactly("test.png");
  }

  @Test
  void eachTargetHasItsPanels() throws IOException {
    TrainedForecaster trained = untrained(List.of("flow", "level"), 2, List.of(0.1, 0.5, 0.9));

    Path file = folder.resolve("test.png");
    ForecastChart.save(test(trained), file);

    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getHeight()).isEqualTo(2 * (420 + 320));
    assertThat(colours(image, 740, 1160)).contains(TRUTH, NEAR, FAR, paleOnWhite(NEAR));
  }

  @Test
  void aHorizonOfOneRowHasOneForecastLine() throws IOException {
    TrainedForecaster trained = untrained(List.of("flow"), 1, List.of());

    Path file = folder.resolve("test.png");
    ForecastChart.save(test(trained), file);

    assertThat(colours(ImageIO.read(file.toFile()), 0, 540))
        .contains(TRUTH, NEAR)
        .doesNotContain(FAR);
  }

  @Test
  void aForecastGoesOnWhereTheKnownRowsEnd() throws IOException {
    Path points = folder.resolve("points.PNG");
    Path bands = folder.resolve("bands.png");
    ForecastChart.save(forecast(List.of("flow"), List.of()), points);
    ForecastChart.save(forecast(List.of("level", "flow"), List.of(0.05, 0.95)), bands);

    BufferedImage one = ImageIO.read(points.toFile());
    assertThat(one.getHeight()).isEqualTo(800);
    assertThat(colours(one, 0, 700)).contains(TRUTH, NEAR);
    assertThat(pixels(one, paleOnWhite(NEAR))).isLessThan(100); // edges of the line
    assertThat(colours(one.getSubimage(0, 0, 1200, 700), 0, 700)).doesNotContain(NEAR);
    BufferedImage two = ImageIO.read(bands.toFile());
    assertThat(two.getHeight()).isEqualTo(840);
    assertThat(colours(two, 420, 840)).contains(TRUTH, NEAR);
    assertThat(pixels(two, paleOnWhite(NEAR))).isGreaterThan(1000);
  }

  @Test
  void svgHoldsTheSamePicture() throws Exception {
    Path file = folder.resolve("forecast.svg");
    ForecastChart.save(forecast(List.of("flow"), List.of(0.2, 0.5, 0.8)), file);

    Element svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(file.toFile())
            .getDocumentElement();
    assertThat(svg.getTagName()).isEqualTo("svg");
    assertThat(svg.getAttribute("width")).isEqualTo("1400");
    assertThat(svg.getAttribute("height")).isEqualTo("800");
    Set<String> looks = new HashSet<>();
    for (int i = 0; i < svg.getElementsByTagName("path").getLength(); i++) {
      Element path = (Element) svg.getElementsByTagName("path").item(i);
      looks.add(path.getAttribute("stroke") + path.getAttribute("fill"));
      assertThat(path.getAttribute("d")).matches("([MLQC][-0-9. ]+|Z)+");
    }
    assertThat(looks).contains("#333333none", "#0b62c4none", "#0b62c4", "#333333");
  }

  @Test
  void manyTestRowsAreCutToTheLastOnes() throws IOException {
    double[] values = IntStream.range(0, 1009).mapToDouble(i -> Math.sin(i * 0.1) * i).toArray();
    ForecastTest few = test(untrained(List.of("flow"), 3, List.of()));
    List<String> labels = IntStream.range(0, 1009).mapToObj(i -> "" + (i + 77)).toList();
    ForecastTest.Path path =
        new ForecastTest.Path("flow", 1, labels, values, values, new double[0], new double[0]);
    ForecastTest many =
        new ForecastTest(
            few.targets(),
            1009,
            few.seasons(),
            few.model(),
            few.persistence(),
            few.seasonal(),
            List.of(),
            List.of(path));

    Path file = folder.resolve("many.png");
    ForecastChart.save(many, file);

    assertThat(colours(ImageIO.read(file.toFile()), 0, 540)).contains(TRUTH);
  }

  @Test
  void anotherEndingIsRefused() {
    Path file = folder.resolve("next.week.jpg");
    assertThatThrownBy(() -> ForecastChart.save(forecast(List.of("flow"), List.of()), file))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Expected the name of a picture to end in .png or .svg, found '"
                + file
                + "'.\n"
                + "Likely cause: another format was meant, or the ending was left out.\n"
                + "Cure: write "
                + folder.resolve("next.week.png")
                + " for pixels, or "
                + folder.resolve("next.week.svg")
                + " for lines.");
    assertThat(file).doesNotExist();
  }

  @Test
  void aMissingFolderIsSaidToBeMissing() {
    Path file = folder.resolve("none").resolve("next.png");
    assertThatThrownBy(() -> ForecastChart.save(forecast(List.of("flow"), List.of()), file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("does not exist")
        .hasMessageContaining("mkdir -p");
  }

  private static ForecastTest test(TrainedForecaster trained) {
    return ForecastTest.of(trained, table(), MissingPolicy.REFUSE, 90, Threads.ONE);
  }

  private static Forecast forecast(List<String> targets, List<Double> quantiles) {
    return Forecast.of(untrained(targets, 4, quantiles), table(), MissingPolicy.REFUSE);
  }

  private static TrainedForecaster untrained(
      List<String> targets, int horizon, List<Double> quantiles) {
    RecurrentStack small = RecurrentStack.DEFAULTS.withHidden(5);
    return new ForecastTask(
            targets,
            List.of(),
            "",
            6,
            horizon,
            quantiles,
            MissingPolicy.REFUSE,
            ForecastTask.SHARES,
            7,
            small)
        .prepare(table(), 3)
        .trained();
  }

  private static Table table() {
    List<String[]> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(
          new String[] {
            LocalDate.of(2021, 3, 1).plusDays(i).toString(),
            Double.toString(20 + 10 * Math.sin(i * 0.7) + i * 0.05),
            Double.toString(3 - Math.cos(i * 0.31))
          });
    }
    List<Integer> lines = IntStream.range(0, ROWS).mapToObj(i -> i + 2).toList();
    return Table.of("river.csv", List.of("day", "flow", "level"), rows, lines);
  }

  private static Set<Integer> colours(BufferedImage image, int top, int bottom) {
    Set<Integer> colours = new HashSet<>();
    for (int y = top; y < bottom; y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        colours.add(image.getRGB(x, y) & 0xFFFFFF);
      }
    }
    return colours;
  }

  private static long pixels(BufferedImage image, int colour) {
    int[] all = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    return IntStream.of(all).filter(pixel -> (pixel & 0xFFFFFF) == colour).count();
  }

  private static int paleOnWhite(int colour) {
    int pale = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int part = colour >> shift & 255;
      pale |= Math.round((part * 56 + 255 * (255 - 56)) / 255f) << shift;
    }
    return pale;
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
