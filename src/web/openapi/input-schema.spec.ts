import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsIn,
  IsInt,
  IsOptional,
  IsPhoneNumber,
  IsUUID,
  Matches,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { ListOf } from '../../platform/http/list-of.decorator.js';
import { CodePoints, NotBlank } from '../../platform/http/text-rules.js';
import { inputSchemas } from './input-schema.js';

class LeafDto {
  @CodePoints(1, 100)
  @NotBlank()
  tea!: string;
}

class CupDto {
  @ValidateNested()
  @Type(() => LeafDto)
  leaf!: LeafDto;

  @ValidateIf((_, value) => value !== undefined)
  @IsInt()
  @Min(1)
  size?: number;

  @IsOptional()
  @IsIn(['green', 'black'])
  kind?: string;

  @IsUUID('all', { each: true })
  ids!: string[];

  @CodePoints(0, 20)
  @NotBlank()
  @Matches(/^[a-z]+$/)
  word!: string;
}

describe('the schema of a body', () => {
  const schemas = inputSchemas(CupDto);
  const members = schemas.CupInput?.properties as Record<string, unknown>;

  it('requires what its class does not let out, and knows nothing else', () => {
    expect(schemas.CupInput).toMatchObject({ required: ['leaf', 'ids', 'word'], additionalProperties: false });
  });

  it('names the schema of an object inside', () => {
    expect(members.leaf).toEqual({ $ref: '#/components/schemas/LeafInput' });
    expect(schemas.LeafInput).toEqual({
      type: 'object',
      properties: { tea: { type: 'string', minLength: 1, maxLength: 100, pattern: '\\S' } },
      required: ['tea'],
      additionalProperties: false,
    });
  });

  it('has null where a member may be left out by null, and only there', () => {
    expect(members.size).toEqual({ type: 'integer', minimum: 1 });
    expect(members.kind).toEqual({ type: ['string', 'null'], enum: ['green', 'black', null] });
  });

  it('gives each item of a list the rules of the items', () => {
    expect(members.ids).toEqual({ type: 'array', items: { type: 'string', format: 'uuid' } });
  });

  it('keeps both of two patterns', () => {
    const patterns = JSON.stringify(members.word);
    expect(patterns).toContain('^[a-z]+$');
    expect(patterns).toContain('\\\\S');
  });

  it('is refused for a rule that it cannot describe', () => {
    class CallDto {
      @IsPhoneNumber()
      number!: string;
    }
    expect(() => inputSchemas(CallDto)).toThrow(
      'CallDto.number has the rule isPhoneNumber, which input-schema.ts cannot describe.',
    );
  });

  it('names the schema of the objects in a list that says their class', () => {
    class TrayDto {
      @ArrayMaxSize(6)
      @ListOf(LeafDto)
      leaves!: LeafDto[];
    }
    const all = inputSchemas(TrayDto);
    expect(all.TrayInput?.properties).toEqual({
      leaves: { type: 'array', maxItems: 6, items: { $ref: '#/components/schemas/LeafInput' } },
    });
    expect(all.LeafInput).toMatchObject({ required: ['tea'] });
  });

  it('is refused for a list of objects, whose class nobody can see', () => {
    class TrayDto {
      @ValidateNested({ each: true })
      @Type(() => LeafDto)
      leaves!: LeafDto[];
    }
    expect(() => inputSchemas(TrayDto)).toThrow('TrayDto.leaves is nested, and input-schema.ts cannot tell its class.');
  });
});
