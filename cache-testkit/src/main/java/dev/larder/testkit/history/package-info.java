/**
 * Records what clients of a cache asked and were answered, and checks that some order of the operations on each key explains
 * every answer.
 */
@NullMarked
package dev.larder.testkit.history;

import org.jspecify.annotations.NullMarked;
