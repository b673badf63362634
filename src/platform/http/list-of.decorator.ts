import { Type, type ClassConstructor } from 'class-transformer';
import { ValidateBy, ValidateNested } from 'class-validator';

const LIST_OF = 'winnow:list-of';

/** A member that is a list of objects of this class; the compiler keeps only that it is a list. */
export function ListOf(dto: ClassConstructor<object>): PropertyDecorator {
  return (body, member) => {
    HoldsNoLists(body, member);
    ValidateNested({ each: true })(body, member);
    Type(() => dto)(body, member);
    Reflect.defineMetadata(LIST_OF, dto, body, member);
  };
}

/** The class of the objects in the list; undefined for a member that is none. */
export function classInList(dto: ClassConstructor<object>, member: string): ClassConstructor<object> | undefined {
  return Reflect.getMetadata(LIST_OF, dto.prototype as object, member) as ClassConstructor<object> | undefined;
}

/** Of a list inside the list, `ValidateNested` looks at the objects within, of which there may be none. */
const HoldsNoLists = ValidateBy({
  name: 'isObject',
  validator: {
    validate: (list: unknown) => !Array.isArray(list) || !list.some(Array.isArray),
    defaultMessage: () => 'Write a list of objects.',
  },
});
