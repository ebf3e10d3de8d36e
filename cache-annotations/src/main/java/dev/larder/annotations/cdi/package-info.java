/** The annotations of JSR-107 in Jakarta CDI 4.0 and 4.1. */
@NullMarked
package dev.larder.annotations.cdi;

import org.jspecify.annotations.NullMarked;
