package dev.elman.tasks;

import java.util.List;

/** What a classifier gives labels to: texts, or sequences of numbers. */
public sealed interface Sequences permits Texts, Recordings {
  /** Where they are from, for messages. */
  String source();

  /** How many there are. */
  int size();

  /** What several of them are called. */
  String noun();

  /** What was understood, in a line. */
  String summary();

  /** What {@link #names} are, as the heading of a column. */
  String heading();

  /** What each is called: the text itself, its file, or the number of its row. */
  List<String> names();

  /** A text for each, which equal ones share and no others. */
  List<String> keys();

  /** Those with the given numbers. */
  Sequences part(int[] numbers);
}
