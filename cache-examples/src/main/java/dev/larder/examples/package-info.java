/**
 * Small programs that show Larder at work.
 *
 * <p>{@link dev.larder.examples.HelloLarder} is the smallest. {@link dev.larder.examples.AirportDemo} puts a cache before a
 * database and measures what comes of it; the parts to copy from it are {@code AirportCache}, {@code AirportLoader} and
 * {@code AirportWriter}. {@link dev.larder.examples.patterns} has a short program for each pattern.
 */
@NullMarked
package dev.larder.examples;

import org.jspecify.annotations.NullMarked;
