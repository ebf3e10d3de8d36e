/** The annotations of JSR-107 in Guice 7. */
@NullMarked
package dev.larder.annotations.guice;

import org.jspecify.annotations.NullMarked;
