/** Brings about what goes wrong in networks. */
@NullMarked
package dev.larder.testkit.fault;

import org.jspecify.annotations.NullMarked;
