// Whoever signs out leaves no names on the device. Sheets wait on, and receipt books go on: both tell of nobody.
for (const { name } of await indexedDB.databases()) {
  if (!name.startsWith("ombun ")) continue;
  const wanted = indexedDB.open(name);
  wanted.onsuccess = () => {
    if (wanted.result.objectStoreNames.contains("villages")) {
      wanted.result.transaction("villages", "readwrite").objectStore("villages").clear();
    }
    wanted.result.close();
  };
}
