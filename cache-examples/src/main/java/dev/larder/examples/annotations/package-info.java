/** The annotations of JSR-107, in plain Java and in containers. */
@NullMarked
package dev.larder.examples.annotations;

import org.jspecify.annotations.NullMarked;
