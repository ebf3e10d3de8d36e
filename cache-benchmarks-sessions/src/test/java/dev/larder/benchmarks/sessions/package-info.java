@NullMarked
package dev.larder.benchmarks.sessions;

import org.jspecify.annotations.NullMarked;
