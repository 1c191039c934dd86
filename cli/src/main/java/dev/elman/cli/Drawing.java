package dev.elman.cli;

import java.awt.Graphics2D;

/** A part of a picture: it fills a rectangle from the top left. */
@FunctionalInterface
interface Drawing {
  void paint(Graphics2D graphics, int width, int height);
}
