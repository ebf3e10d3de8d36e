/** The MBeans of a cache. */
@NullMarked
package dev.larder.jcache.internal.management;

import org.jspecify.annotations.NullMarked;
