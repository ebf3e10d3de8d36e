/** What a page that reads the session costs: with Larder's sessions, and with those of Spring Session Data Redis. */
@NullMarked
package dev.larder.benchmarks.sessions;

import org.jspecify.annotations.NullMarked;
