/** Calls of annotated methods under way, and who overtakes whom. */
@NullMarked
package dev.larder.annotations.internal.load;

import org.jspecify.annotations.NullMarked;
