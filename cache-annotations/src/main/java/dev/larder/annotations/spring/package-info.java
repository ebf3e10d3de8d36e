/** The annotations of JSR-107 in Spring 6 and 7. */
@NullMarked
package dev.larder.annotations.spring;

import org.jspecify.annotations.NullMarked;
