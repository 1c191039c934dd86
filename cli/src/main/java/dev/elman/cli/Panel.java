package dev.elman.cli;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** One chart of a picture, in the one style that all of them have. */
final class Panel implements Drawing {
  private static final Color TEXT = new Color(0x333333);
  private static final Color GRID = new Color(0xE6E6E6);
  private static final Color CLEAR = new Color(0, 0, 0, 0);
  private static final int BAND_ALPHA = 56;
  private static final int[] CURVES = {
    0x0B62C4, 0xD9480F, 0x2B8A3E, 0x862E9C, 0x0C8599, 0xA39B8B, 0xC2255C, 0x5C7C00
  };

  private final XYChart chart;
  private final Legend legend = new Legend(font(13), TEXT);

  /** What a line shows, and so its colour and width. */
  enum Ink {
    TRUTH(0x333333, 1.2f),
    NEAR(0x0B62C4, 1.8f),
    FAR(0xEE8A2E, 1.5f),
    LAST(0xA39B8B, 1.5f),
    SEASON(0xC9B458, 1.5f);

    private final Color color;
    private final float width;

    Ink(int rgb, float width) {
      this.color = new Color(rgb);
      this.width = width;
    }
  }

  Panel(String title, String xName, String yName) {
    chart =
        new XYChartBuilder()
            .title(title)
            .xAxisTitle(xName)
            .yAxisTitle(yName)
            .theme(ChartTheme.XChart)
            .build();
    XYStyler style = chart.getStyler();
    style.setLocale(Locale.ROOT);
    style.setChartBackgroundColor(Color.WHITE).setPlotBackgroundColor(Color.WHITE);
    style.setChartFontColor(TEXT).setPlotBorderVisible(false).setChartPadding(16);
    style.setChartTitleBoxVisible(false).setChartTitlePadding(10);
    style.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 17));
    style.setLegendVisible(false);
    style.setMarkerSize(7);
    style.setAxisTitleFont(font(13)).setAxisTickLabelsFont(font(12));
    style.setAxisTickLabelsColor(TEXT).setAxisTickMarksColor(GRID);
    style.setPlotGridLinesColor(GRID).setPlotGridLinesStroke(new BasicStroke(1));
    style.setAxisTicksLineVisible(false).setPlotMargin(0).setPlotContentSize(0.97);
    style.setXAxisTickMarkSpacingHint(130).setYAxisTickMarkSpacingHint(45);
    style.setAntiAlias(true).setTextAntiAlias(true);
  }

  private static Font font(int size) {
    return new Font(Font.SANS_SERIF, Font.PLAIN, size);
  }

  /** The horizontal axis shows rows {@code from} to {@code to - 1}. */
  Panel rows(RowAxis axis, int from, int to) {
    double[] xs = axis.xs(from, to);
    // Half a row more: at unequal distances XChart puts ticks at round numbers.
    chart.getStyler().setXAxisMin(xs[0]).setXAxisMax(xs[xs.length - 1] + 0.5);
    chart.setCustomXAxisTickLabelsFormatter(axis::label);
    return this;
  }

  /** The horizontal axis shows the whole numbers from 1, the vertical one begins at 0. */
  Panel whole(double highest) {
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(highest > 0 ? 1.1 * highest : 1);
    return wholeNumbers();
  }

  /** The horizontal axis shows the whole numbers from 0 to the last, round ones where many. */
  Panel counted(int last) {
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(last + 0.5); // as in rows
    return wholeNumbers();
  }

  private Panel wholeNumbers() {
    chart.setCustomXAxisTickLabelsFormatter(
        x -> x == Math.rint(x) ? Integer.toString(x.intValue()) : RowAxis.BLANK);
    return this;
  }

  /** The vertical axis shows powers of ten; what is drawn must be above 0. */
  Panel logarithmic(double lowest, double highest) {
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setYAxisMin(Math.pow(10, Math.floor(Math.log10(lowest))));
    chart.getStyler().setYAxisMax(Math.pow(10, Math.ceil(Math.log10(highest))));
    chart.setCustomYAxisTickLabelsFormatter(y -> String.format(Locale.ROOT, "%.0e", y));
    return this;
  }

  /**
   * One of many lines without markers.
   *
   * @param color the number of its colour
   * @param dash the number of its pattern; 0 for none
   */
  Panel curve(String name, double[] xs, double[] ys, int color, int dash) {
    Color ink = new Color(CURVES[color % CURVES.length]);
    float length = 3f + 6f * (dash % 3);
    float[] pattern = dash == 0 ? null : new float[] {length, 4f};
    BasicStroke stroke =
        new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, pattern, 0);
    legend.add(name, ink, stroke, Legend.Sample.LINE);
    XYSeries series = chart.addSeries(name, xs, ys);
    series.setLineColor(ink);
    series.setLineStyle(stroke);
    series.setMarker(SeriesMarkers.NONE);
    return this;
  }

  /** A line without markers. */
  Panel line(String name, double[] xs, double[] ys, Ink ink) {
    series(name, xs, ys, ink, Legend.Sample.LINE).setMarker(SeriesMarkers.NONE);
    return this;
  }

  /** A line with a dot on each of its few points. */
  Panel dots(String name, double[] xs, double[] ys, Ink ink) {
    series(name, xs, ys, ink, Legend.Sample.DOTS)
        .setMarker(SeriesMarkers.CIRCLE)
        .setMarkerColor(ink.color);
    return this;
  }

  private XYSeries series(String name, double[] xs, double[] ys, Ink ink, Legend.Sample sample) {
    BasicStroke stroke = new BasicStroke(ink.width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    legend.add(name, ink.color, stroke, sample);
    XYSeries series = chart.addSeries(name, xs, ys);
    series.setLineColor(ink.color);
    series.setLineStyle(stroke);
    return series;
  }

  /** The area between two lines, in a pale colour. */
  Panel band(String name, double[] xs, double[] low, double[] high, Ink ink) {
    int n = xs.length;
    double[] aroundX = new double[2 * n];
    double[] aroundY = new double[2 * n];
    for (int i = 0; i < n; i++) {
      aroundX[i] = xs[i];
      aroundY[i] = low[i];
      aroundX[2 * n - 1 - i] = xs[i];
      aroundY[2 * n - 1 - i] = high[i];
    }
    Color color = ink.color;
    Color pale = new Color(color.getRed(), color.getGreen(), color.getBlue(), BAND_ALPHA);
    legend.add(name, pale, new BasicStroke(), Legend.Sample.BAND);
    XYSeries series = chart.addSeries(name, aroundX, aroundY);
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    series.setFillColor(pale);
    series.setLineColor(CLEAR);
    series.setMarker(SeriesMarkers.NONE);
    return this;
  }

  @Override
  public void paint(Graphics2D graphics, int width, int height) {
    chart.paint(graphics, width, height - Legend.HEIGHT);
    legend.paint(graphics, width, height - Legend.HEIGHT);
  }
}
