package sluice.hdl.timing;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;

/**
 * The cheapest cut of a network between two vertices, as a maximum flow (Dinic, "Algorithm for
 * solution of a problem of maximum flow in networks with power estimation", 1970).
 */
final class MinimumCut {
  static final long INFINITE = Long.MAX_VALUE / 4;

  private final int source;
  private final int sink;
  private final int[] first;
  private int[] next = new int[64];
  private int[] target = new int[64];
  private long[] room = new long[64];
  private int edges;
  private final int[] level;
  private final int[] current;

  MinimumCut(int vertices, int source, int sink) {
    this.source = source;
    this.sink = sink;
    this.first = new int[vertices];
    Arrays.fill(first, -1);
    this.level = new int[vertices];
    this.current = new int[vertices];
  }

  /** Adds an edge; it costs its capacity if it leads out of the source's side. */
  void edge(int from, int to, long capacity) {
    if (from != to) {
      half(from, to, capacity);
      half(to, from, 0);
    }
  }

  private void half(int from, int to, long capacity) {
    if (edges == target.length) {
      next = Arrays.copyOf(next, 2 * edges);
      target = Arrays.copyOf(target, 2 * edges);
      room = Arrays.copyOf(room, 2 * edges);
    }
    target[edges] = to;
    room[edges] = capacity;
    next[edges] = first[from];
    first[from] = edges++;
  }

  /** The vertices on the source's side of the cheapest cut; of several cuts, the smallest side. */
  BitSet sourceSide() {
    while (findLevels()) {
      System.arraycopy(first, 0, current, 0, first.length);
      while (augment()) {
        // Each path fills an edge.
      }
    }
    BitSet side = new BitSet();
    for (int vertex = 0; vertex < level.length; vertex++) {
      side.set(vertex, level[vertex] >= 0);
    }
    return side;
  }

  private boolean findLevels() {
    Arrays.fill(level, -1);
    level[source] = 0;
    Deque<Integer> pending = new ArrayDeque<>();
    pending.add(source);
    while (!pending.isEmpty()) {
      int vertex = pending.poll();
      for (int edge = first[vertex]; edge >= 0; edge = next[edge]) {
        if (room[edge] > 0 && level[target[edge]] < 0) {
          level[target[edge]] = level[vertex] + 1;
          pending.add(target[edge]);
        }
      }
    }
    return level[sink] >= 0;
  }

  /** Sends flow along one shortest path, if there still is one. */
  private boolean augment() {
    Deque<Integer> path = new ArrayDeque<>();
    int vertex = source;
    while (vertex != sink) {
      int edge = current[vertex];
      while (edge >= 0 && (room[edge] == 0 || level[target[edge]] != level[vertex] + 1)) {
        edge = next[edge];
      }
      current[vertex] = edge;
      if (edge >= 0) {
        path.push(edge);
        vertex = target[edge];
      } else if (path.isEmpty()) {
        return false;
      } else {
        // A dead end: go back and take the next edge.
        int back = path.pop();
        vertex = target[back ^ 1];
        current[vertex] = next[back];
      }
    }
    long flow = INFINITE;
    for (int edge : path) {
      flow = Math.min(flow, room[edge]);
    }
    for (int edge : path) {
      room[edge] -= flow;
      room[edge ^ 1] += flow;
    }
    return true;
  }
}
