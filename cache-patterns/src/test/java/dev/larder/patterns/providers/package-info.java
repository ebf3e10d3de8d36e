/** The same tests over the JCache providers of Larder and of Caffeine. */
@NullMarked
package dev.larder.patterns.providers;

import org.jspecify.annotations.NullMarked;
