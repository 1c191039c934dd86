package dev.elman.baselines;

import java.util.Arrays;

/**
 * How often each n-gram occurs, as a tree: a path of symbols from the root is an n-gram.
 *
 * <p>A node is a number; the root is 0, and stands for the empty context. The tree lives in one
 * hash table from (node, symbol) to the next node, with open addressing: some 40 bytes for an
 * n-gram, nothing boxed.
 */
final class NgramCounts {
  private static final int ABSENT = -1;

  private long[] keys = new long[1 << 10];
  private int[] nodes = new int[1 << 10]; // 0 marks a free slot: the root is nobody's child
  private int size = 1;
  private long total;
  private int[] occurrences = new int[1 << 9];
  private int[] followers = new int[1 << 9];
  private int[] kinds = new int[1 << 9];

  /** How many different n-grams of all orders there are. */
  int size() {
    return size - 1;
  }

  /** How many n-grams of all orders were counted. */
  long total() {
    return total;
  }

  /** c(h w): how often the n-gram of a node occurs; 0 for an absent node. */
  int occurrences(int node) {
    return node == ABSENT ? 0 : occurrences[node];
  }

  /** c(h): how many symbols follow a context in all; 0 for an absent node. */
  int followers(int node) {
    return node == ABSENT ? 0 : followers[node];
  }

  /** N1+(h): how many different symbols follow a context. */
  int kinds(int node) {
    return kinds[node];
  }

  /** Where a context is before the first symbol: only the empty one, of length 0, is known. */
  static int[] start(int order) {
    int[] contexts = new int[order];
    Arrays.fill(contexts, 1, order, ABSENT);
    return contexts;
  }

  /**
   * Counts the n-grams of a sequence.
   *
   * @param order the longest n-grams
   * @param first symbols before this place are context alone
   */
  void add(int[] codes, int order, int first) {
    int[] contexts = start(order);
    for (int i = 0; i < codes.length; i++) {
      for (int k = order - 1; k >= 0; k--) {
        int next = contexts[k] == ABSENT ? ABSENT : reach(contexts[k], codes[i], i >= first);
        if (k + 1 < order) {
          contexts[k + 1] = next;
        }
      }
    }
  }

  /**
   * Moves the contexts past a symbol.
   *
   * @param contexts [order]: the node of the last k symbols at place k, absent where never seen
   */
  void advance(int[] contexts, int symbol) {
    for (int k = contexts.length - 1; k > 0; k--) {
      contexts[k] = child(contexts[k - 1], symbol);
    }
  }

  /** The node of a context and one more symbol, or absent. */
  int child(int node, int symbol) {
    if (node == ABSENT) {
      return ABSENT;
    }
    int child = nodes[slot(key(node, symbol))];
    return child == 0 ? ABSENT : child;
  }

  private int reach(int node, int symbol, boolean counted) {
    long key = key(node, symbol);
    int slot = slot(key);
    int child = nodes[slot];
    if (child == 0) {
      child = grow();
      slot = slot(key);
      keys[slot] = key;
      nodes[slot] = child;
    }
    if (counted) {
      kinds[node] += occurrences[child] == 0 ? 1 : 0;
      occurrences[child]++;
      followers[node]++;
      total++;
    }
    return child;
  }

  /** A new node, with room for it. */
  private int grow() {
    if (size == occurrences.length) {
      int room = 2 * size;
      occurrences = Arrays.copyOf(occurrences, room);
      followers = Arrays.copyOf(followers, room);
      kinds = Arrays.copyOf(kinds, room);
      rehash(2 * room);
    }
    return size++;
  }

  private void rehash(int slots) {
    long[] oldKeys = keys;
    int[] oldNodes = nodes;
    keys = new long[slots];
    nodes = new int[slots];
    for (int i = 0; i < oldNodes.length; i++) {
      if (oldNodes[i] != 0) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        nodes[slot] = oldNodes[i];
      }
    }
  }

  private static long key(int node, int symbol) {
    return (long) node << 32 | symbol;
  }

  /** Where a key stands, or the free slot where it would. */
  private int slot(long key) {
    int mask = keys.length - 1;
    long mixed = (key ^ key >>> 29) * 0x9E3779B97F4A7C15L; // 2^64 / the golden ratio
    int slot = (int) (mixed >>> 32) & mask;
    while (nodes[slot] != 0 && keys[slot] != key) {
      slot = slot + 1 & mask;
    }
    return slot;
  }
}
