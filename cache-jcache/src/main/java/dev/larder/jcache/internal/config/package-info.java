/** Configuration files: found, read, checked, and laid under what the code says. */
@NullMarked
package dev.larder.jcache.internal.config;

import org.jspecify.annotations.NullMarked;
