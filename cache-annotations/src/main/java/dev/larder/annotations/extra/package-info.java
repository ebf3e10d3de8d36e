/** What can be said of a method beside the annotations of JSR-107. */
@NullMarked
package dev.larder.annotations.extra;

import org.jspecify.annotations.NullMarked;
