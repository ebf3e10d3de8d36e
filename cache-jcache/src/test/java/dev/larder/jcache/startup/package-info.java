/** What the first cache of a program loads. */
package dev.larder.jcache.startup;
