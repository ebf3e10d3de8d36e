package dev.larder.benchmarks.workload;

import java.io.Serializable;

/** A record of immutable components. */
record Place(String name, long population, double height) implements Serializable {}
