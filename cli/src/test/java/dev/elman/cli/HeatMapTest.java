package dev.elman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Colours of heat maps mean numbers. */
final class HeatMapTest {
  @Test
  void colorsAreSymmetricAroundTheMiddle() {
    HeatMap.Scale scale = HeatMap.Scale.around(new float[][] {{-2, 1}});
    assertThat(scale).isEqualTo(new HeatMap.Scale(-2, 0, 2));
    assertThat(scale.color(0)).isEqualTo(new Color(0xF8F8F6));
    assertThat(scale.color(-2)).isEqualTo(new Color(0x1F5FA8));
    assertThat(scale.color(5)).isEqualTo(scale.color(2)).isEqualTo(new Color(0xB5202E));
    assertThat(HeatMap.Scale.GATES.color(0.5)).isEqualTo(scale.color(0));
    assertThat(HeatMap.Scale.SHARES.color(0)).isEqualTo(scale.color(0));
    assertThat(HeatMap.Scale.SHARES.color(1)).isEqualTo(scale.color(2));
    assertThat(HeatMap.Scale.around(new float[][] {{0}}).high()).isEqualTo(1);
  }

  @Test
  void cellsStandWhereTheirNumbersDo() {
    HeatMap map =
        new HeatMap(
            "two by two",
            List.of("a", "b"),
            List.of("1", "2"),
            new float[][] {{0, 1}, {0.5f, 0}},
            HeatMap.Scale.GATES);
    BufferedImage image = new BufferedImage(610, 274, BufferedImage.TYPE_INT_RGB);
    map.paint(image.createGraphics(), 610, 274);
    assertThat(new Color(image.getRGB(200, 90))).isEqualTo(HeatMap.Scale.GATES.color(0));
    assertThat(new Color(image.getRGB(400, 90))).isEqualTo(HeatMap.Scale.GATES.color(1));
    assertThat(new Color(image.getRGB(200, 190))).isEqualTo(HeatMap.Scale.GATES.color(0.5));
    assertThat(new Color(image.getRGB(400, 190))).isEqualTo(HeatMap.Scale.GATES.color(0));
  }
}
