/** The contract that every store must pass, and fakes for tests. */
@NullMarked
package dev.larder.testkit;

import org.jspecify.annotations.NullMarked;
