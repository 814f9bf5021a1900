/** What is under way and would be cut off by leaving the page. */
let underWay = 0

const warn = (event: BeforeUnloadEvent): void => { event.preventDefault() }

/** While this work goes on, the browser asks before the page is closed or loaded anew. */
export async function guarded<T> (work: () => Promise<T>): Promise<T> {
  underWay += 1
  if (underWay === 1) addEventListener('beforeunload', warn)
  try {
    return await work()
  } finally {
    underWay -= 1
    if (underWay === 0) removeEventListener('beforeunload', warn)
  }
}
