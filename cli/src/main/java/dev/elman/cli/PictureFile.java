package dev.elman.cli;

import dev.elman.checkpoints.AtomicFile;
import dev.elman.data.DataException;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** A picture of panels, one below the other, in a PNG or an SVG file. */
final class PictureFile {
  static final int WIDTH = 1400;

  private final Path file;
  private final boolean vector;
  private final List<Drawing> panels = new ArrayList<>();
  private final List<Integer> heights = new ArrayList<>();

  /**
   * A picture for a file.
   *
   * @throws DataException when its name ends neither in .png nor in .svg
   */
  PictureFile(Path file) {
    this.file = file;
    String name = file.toString().toLowerCase(Locale.ROOT);
    vector = name.endsWith(".svg");
    if (!vector && !name.endsWith(".png")) {
      throw new DataException(
          "the name of a picture to end in .png or .svg",
          "'" + file + "'",
          "another format was meant, or the ending was left out",
          "write " + stem(file) + ".png for pixels, or " + stem(file) + ".svg for lines");
    }
    System.setProperty("java.awt.headless", "true"); // a stale DISPLAY is not to stop anyone
  }

  private static Path stem(Path file) {
    Path name = file.getFileName();
    int dot = name == null ? -1 : name.toString().lastIndexOf('.');
    return dot > 0 ? file.resolveSibling(name.toString().substring(0, dot)) : file;
  }

  /** Adds a panel below the others. */
  void add(Drawing panel, int height) {
    panels.add(panel);
    heights.add(height);
  }

  /**
   * Writes the file whole, or leaves what was there.
   *
   * @throws DataException when this machine has no fonts
   */
  void write() {
    requireFonts();
    int height = heights.stream().mapToInt(Integer::intValue).sum();
    if (vector) {
      SvgGraphics graphics = new SvgGraphics();
      paint(graphics);
      byte[] bytes = graphics.document(WIDTH, height).getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(file, out -> out.write(bytes));
    } else {
      BufferedImage image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = image.createGraphics();
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, WIDTH, height);
      paint(graphics);
      graphics.dispose();
      AtomicFile.write(file, out -> ImageIO.write(image, "png", out));
    }
  }

  private static void requireFonts() {
    try {
      new Font(Font.SANS_SERIF, Font.PLAIN, 12)
          .getStringBounds("1", new FontRenderContext(null, true, true));
    } catch (InternalError | LinkageError | RuntimeException e) { // what Java throws differs
      throw new DataException(
          "a font to write titles and numbers of a picture with",
          "none that Java can use (" + e + ")",
          "a small system or container without fonts",
          "install some, as in: apt-get install fontconfig fonts-dejavu-core",
          e);
    }
  }

  private void paint(Graphics2D graphics) {
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    int top = 0;
    for (int i = 0; i < panels.size(); i++) {
      Graphics2D part = (Graphics2D) graphics.create(0, top, WIDTH, heights.get(i));
      panels.get(i).paint(part, WIDTH, heights.get(i));
      part.dispose();
      top += heights.get(i);
    }
  }
}
